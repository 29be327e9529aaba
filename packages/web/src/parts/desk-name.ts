import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.ts';
import { useReader } from '../texts/language.tsx';

/** A desk's name where this desk knows it, else its identifier. */
export function useDeskName(): (id: string) => string {
  const { say } = useReader();
  const status = useQuery(queries.status).data;
  return (id) => {
    const known = status === undefined ? [] : [status.desk, ...status.partners];
    const name = known.find(({ desk }) => desk === id)?.name;
    return name === undefined ? id : say(name);
  };
}
