import { fill } from '@gongjo/contract';
import { useDeskName } from '../../parts/desk-name.ts';
import { useReader } from '../../texts/language.tsx';

/** Where an object is from: a desk, or an account, a feed or a file of this one (`file:kb`). */
export function useOriginName(): (origin: string) => string {
  const { t } = useReader();
  const deskName = useDeskName();
  return (origin) => {
    const [, kind = '', name = ''] = /^(account|feed|file):(.+)$/.exec(origin) ?? [];
    if (kind === 'account' || kind === 'feed' || kind === 'file') return fill(t.intelligence.from[kind], { name });
    return deskName(origin);
  };
}
