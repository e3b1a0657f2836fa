import type { SettingProblem } from '../../../shared/settings.ts';
import { describeProblem } from '../../../shared/settings.ts';
import { Notice } from '../../components/notice.tsx';
import styles from './setting-problems.module.css';

/** What was given somewhere and does not count as it was written, in words; nothing where all is well. */
export function SettingProblems({ problems }: { problems: SettingProblem[] }) {
  if (problems.length === 0) return null;
  const title = problems.length === 1 ? 'One setting needs a look' : `${problems.length} settings need a look`;
  return (
    <div className={styles['problems']}>
      <Notice tone="warning" title={title}>
        <ul>
          {problems.map((problem) => (
            <li key={describeProblem(problem)}>
              {problem.key !== '' && <strong>{problem.key}</strong>} {problem.message}{' '}
              <span className={styles['source']}>{nameOf(problem.source)}</span>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

function nameOf(source: string): string {
  return source === 'environment' ? 'In the environment.' : `In ${source}.`;
}
