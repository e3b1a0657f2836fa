import type { JiraApi } from './jira-api.ts';

/** A Jira whose dialect is found out first, by each call that comes before it is known. */
export function createLateApi(baseUrl: string, dialect: () => Promise<JiraApi>): JiraApi {
  function late<Parameters extends unknown[], Answer>(
    method: (api: JiraApi) => (...parameters: Parameters) => Promise<Answer>,
  ): (...parameters: Parameters) => Promise<Answer> {
    return async (...parameters) => method(await dialect())(...parameters);
  }

  return {
    baseUrl,
    issueTypes: late((api) => api.issueTypes),
    createScreen: late((api) => api.createScreen),
    createIssue: late((api) => api.createIssue),
    getIssue: late((api) => api.getIssue),
    readIssues: late((api) => api.readIssues),
    readsAtOnce: late((api) => api.readsAtOnce),
    search: late((api) => api.search),
    requestClause: late((api) => api.requestClause),
    marksCreates: late((api) => api.marksCreates),
    getProperty: late((api) => api.getProperty),
    setProperty: late((api) => api.setProperty),
    deleteIssue: late((api) => api.deleteIssue),
    closingTransitions: late((api) => api.closingTransitions),
    transition: late((api) => api.transition),
    addLabel: late((api) => api.addLabel),
    lengthOf: late((api) => api.lengthOf),
    descriptionOf: late((api) => api.descriptionOf),
    addComment: late((api) => api.addComment),
    findComment: late((api) => api.findComment),
    attach: late((api) => api.attach),
    attachmentRules: late((api) => api.attachmentRules),
    attachmentNames: late((api) => api.attachmentNames),
    setIssueType: late((api) => api.setIssueType),
    findAccount: late((api) => api.findAccount),
    ownAccount: late((api) => api.ownAccount),
    checkLogin: late((api) => api.checkLogin),
    projects: late((api) => api.projects),
    projectKey: late((api) => api.projectKey),
    mayCreate: late((api) => api.mayCreate),
    isEmpty: late((api) => api.isEmpty),
    mayEdit: late((api) => api.mayEdit),
    siteUrl: late((api) => api.siteUrl),
    ownUrl: late((api) => api.ownUrl),
  };
}
