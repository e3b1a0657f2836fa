import { isRecord, type Json } from '../record.ts';
import { type JiraCall, type JiraOperation, namesIn, toPage } from './call.ts';
import { JiraFailure } from './failure.ts';
import { faultOfText } from './field-values.ts';
import { theIssue } from './issues.ts';
import type { JiraComment, JiraIssue } from './jira-issue.ts';
import { toJiraTime } from './jira-time.ts';
import { readProperties, showProperty, writeProperty } from './properties.ts';
import type { JiraState } from './state.ts';
import type { JiraViews } from './views.ts';

/** The operations on comments and on their properties. Throw JiraFailure. */
export function createJiraComments(
  state: JiraState,
  views: JiraViews,
): Record<'getComments' | 'addComment' | 'getComment' | 'getCommentProperty' | 'setCommentProperty', JiraOperation> {
  const hasProperties = state.make.commentProperties;

  function show(issue: JiraIssue, comment: JiraComment, expand: string[]): Json {
    const person = views.personByEmail(comment.author);
    const time = toJiraTime(comment.createdAt);
    const properties = Object.entries(comment.properties).map(([key, value]) => ({ key, value }));
    return {
      self: views.address(`issue/${issue.id}/comment/${comment.id}`),
      id: comment.id,
      author: person,
      body: comment.body,
      updateAuthor: person,
      created: time,
      updated: time,
      ...(state.make.deployment === 'cloud' && { jsdPublic: true }),
      ...(hasProperties && expand.includes('properties') && { properties }),
    };
  }

  /** A comment is found by its id alone; those of issues that this account may not see are not there. */
  function find(call: JiraCall): { issue: JiraIssue; comment: JiraComment } {
    const id = call.path['comment'] ?? '';
    for (const issue of state.issues) {
      const comment = issue.comments.find((each) => each.id === id);
      if (comment !== undefined && state.projectOf(issue).permissions.browse) return { issue, comment };
    }
    throw new JiraFailure(404, `Can not find a comment for the id: ${id}.`);
  }

  function findWithProperties(call: JiraCall): { issue: JiraIssue; comment: JiraComment } {
    if (!hasProperties) throw new JiraFailure(404, `null for uri: comment/${call.path['comment']}/properties`);
    return find(call);
  }

  return {
    getComments(call) {
      const issue = theIssue(state, call);
      const sign = (call.query.get('orderBy') ?? '').startsWith('-') ? -1 : 1;
      const ordered = issue.comments.toSorted((one, other) => sign * (Number(one.id) - Number(other.id)));
      const { values, ...page } = toPage(call.query, ordered);
      const comments = values.map((comment) => show(issue, comment, namesIn(call.query, 'expand', [])));
      return { status: 200, body: { ...page, comments } };
    },
    getComment(call) {
      const issue = theIssue(state, call);
      const comment = issue.comments.find(({ id }) => id === call.path['comment']);
      if (comment === undefined) throw new JiraFailure(404, 'Can not find a comment for the id.');
      return { status: 200, body: show(issue, comment, namesIn(call.query, 'expand', [])) };
    },
    addComment(call) {
      const issue = theIssue(state, call, 'comment');
      const { body, properties }: Json = isRecord(call.body) ? call.body : {};
      const fault = state.dialect.textLength(body) === 0 ? 'Comment body can not be empty!' : faultOfText(state, body);
      if (fault !== null) throw new JiraFailure(400, null, { comment: fault });
      const given = readProperties(properties);
      const comment: JiraComment = {
        id: state.nextId(),
        author: state.account.email,
        body,
        properties: hasProperties ? given : {},
        createdAt: state.now(),
      };
      issue.comments.push(comment);
      state.changed(issue);
      return { status: 201, body: show(issue, comment, namesIn(call.query, 'expand', [])) };
    },
    getCommentProperty: (call) => ({
      status: 200,
      body: showProperty(findWithProperties(call).comment.properties, call.path['property'] ?? ''),
    }),
    setCommentProperty(call) {
      const { issue, comment } = findWithProperties(call);
      const status = writeProperty(comment.properties, call.path['property'] ?? '', call.body);
      state.changed(issue);
      return { status };
    },
  };
}
