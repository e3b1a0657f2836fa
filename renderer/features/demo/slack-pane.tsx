import { Tabs, VisuallyHidden } from '@mantine/core';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { DemoMessage, DemoPlace, DemoView } from '../../../shared/demo-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { useKeptText } from '../../components/kept-text.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import type { IssueLinks } from './block.tsx';
import { Channel } from './channel.tsx';
import { Composer } from './composer.tsx';
import { doorsOf } from './doors.ts';
import { HomeTab } from './home-tab.tsx';
import styles from './slack-pane.module.css';
import { Suggestions } from './suggestions.tsx';

type Tab = DemoPlace | 'home';

/** Slack as this person has it: the channel, the app's direct messages and its Home. */
export function SlackPane({ view, isNarrow, ...links }: { view: DemoView; isNarrow: boolean } & IssueLinks) {
  const [tab, setTab] = useState<Tab>('channel');
  const place = tab === 'home' ? 'channel' : tab;
  const channelText = useKeptText('demo');
  const directText = useKeptText('demo-direct');
  const [text, setText] = place === 'channel' ? channelText : directText;
  const [replyTo, setReplyTo] = useState<DemoMessage | null>(null);
  const [sent, setSent] = useState(0);
  const react = useAction('demo:react');
  const shortcut = useAction('demo:shortcut');
  const input = useRef<HTMLTextAreaElement>(null);
  const focusSoon = useFocusOnWish(input);
  const unread = useUnread(view, tab);

  function goTo(next: Tab) {
    setTab(next);
    setReplyTo(null);
  }
  function write(line: string, where: DemoPlace = place) {
    const set = where === 'channel' ? channelText[1] : directText[1];
    set(line);
    goTo(where);
    focusSoon();
  }
  const doors = doorsOf(view, {
    write,
    goHome: () => goTo('home'),
    react: (ts) => void react.run({ ts, name: 'ticket' }),
    shortcut: (id, ts) => void shortcut.run({ id, ts }),
  });
  const suggest = (ticket: string) => write(place === 'direct' ? ticket : `/ticket ${ticket}`);
  const reply = (message: DemoMessage) => {
    setReplyTo(message);
    focusSoon();
  };
  const messages = place === 'channel' ? view.messages : view.direct;

  return (
    <Tabs className={styles['pane']} value={tab} onChange={(next) => goTo(isTab(next) ? next : 'channel')}>
      <div className={styles['head']}>
        <h2 className={styles['name']}>
          Slack <span className={styles['what']}>as {view.you}</span>
        </h2>
        <Tabs.List className={styles['tabs']} aria-label="Places in Slack">
          <Tabs.Tab value="channel">
            #{view.channel}
            <News isThere={unread.channel} />
          </Tabs.Tab>
          <Tabs.Tab value="direct">
            Direct messages
            <News isThere={unread.direct} />
          </Tabs.Tab>
          <Tabs.Tab value="home">App Home</Tabs.Tab>
        </Tabs.List>
      </div>
      <TroubleNotice trouble={react.trouble ?? shortcut.trouble} />
      <Tabs.Panel value={tab} className={styles['panel']}>
        {tab === 'home' ? (
          <HomeTab home={view.home} {...links} />
        ) : (
          <>
            <Channel
              key={tab}
              name={tab === 'channel' ? `#${view.channel}` : 'Direct messages'}
              messages={messages}
              sent={sent}
              shortcuts={view.shortcuts}
              onReply={reply}
              {...links}
            >
              {isFresh(view, messages) && (
                <div className={styles['first']}>
                  <Suggestions onSuggestion={suggest} doors={tab === 'channel' && !isNarrow ? doors : []} />
                </div>
              )}
            </Channel>
            <Composer
              view={view}
              place={place}
              replyTo={replyTo}
              onReplyEnd={() => setReplyTo(null)}
              text={text}
              onText={setText}
              onCommand={suggest}
              onSent={() => {
                // An answer is seen where it is written.
                if (replyTo === null) setSent(sent + 1);
                setReplyTo(null);
              }}
              ideas={(close) => (
                <Suggestions
                  onSuggestion={(ticket) => {
                    close();
                    suggest(ticket);
                  }}
                  doors={doors.map(({ name, open }) => ({
                    name,
                    open() {
                      close();
                      open();
                    },
                  }))}
                />
              )}
              inputRef={input}
            />
          </>
        )}
      </Tabs.Panel>
    </Tabs>
  );
}

/** Whether this person has done nothing yet: then there is nothing of more use below the messages. */
function isFresh({ issues, you }: DemoView, messages: readonly DemoMessage[]): boolean {
  return issues.length === 0 && !messages.some(({ onlyYou, author }) => onlyYou || author === you);
}

function isTab(value: string | null): value is Tab {
  return value === 'channel' || value === 'direct' || value === 'home';
}

/** Something came that this person has not seen yet. */
function News({ isThere }: { isThere: boolean }) {
  if (!isThere) return null;
  return (
    <span className={styles['news']}>
      <VisuallyHidden>, new messages</VisuallyHidden>
    </span>
  );
}

/** The composer has the focus at the start, since what a person does here is write, and later on demand. */
function useFocusOnWish(input: RefObject<HTMLTextAreaElement | null>): () => void {
  const [wishes, setWishes] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each wish, once the composer of its place is there
  useLayoutEffect(() => input.current?.focus(), [wishes, input]);
  return () => setWishes((before) => before + 1);
}

/** Places in which there are more messages than when this person was last there. */
function useUnread(view: DemoView, tab: Tab): Record<DemoPlace, boolean> {
  const counts = { channel: view.messages.length, direct: view.direct.length };
  const [seen, setSeen] = useState(counts);
  if (tab !== 'home' && seen[tab] !== counts[tab]) setSeen({ ...seen, [tab]: counts[tab] });
  return { channel: counts.channel > seen.channel, direct: counts.direct > seen.direct };
}
