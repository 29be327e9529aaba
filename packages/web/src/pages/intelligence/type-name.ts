import { useReader } from '../../texts/language.tsx';

/** What an object's type is called; of a type that nobody has named here, its code. */
export function useTypeName(): (type: string) => string {
  const { t } = useReader();
  const names: Readonly<Record<string, string>> = t.intelligence.type;
  return (type) => (Object.hasOwn(names, type) ? (names[type] ?? type) : type);
}
