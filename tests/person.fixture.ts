import type { DeskProcess } from '@gongjo/demo';

/** A person with a session at a desk, as a page has one. */
export interface Person {
  call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T>;
}

export async function personOf(desk: DeskProcess, name?: string): Promise<Person> {
  const { url } = desk.ready;
  const { signInUrl } = (await desk.run(['sign-in-link', ...(name === undefined ? [] : ['--name', name])])) as {
    signInUrl: string;
  };
  const headers = { 'content-type': 'application/json', origin: url };
  const signedIn = await fetch(new URL('/api/session', url), {
    ...{ method: 'POST', headers, body: JSON.stringify({ token: new URL(signInUrl).hash.slice(1) }) },
  });
  if (signedIn.status !== 204) throw new Error(`sign-in answered ${signedIn.status}: ${await signedIn.text()}`);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((it) => it.split(';')[0])
    .join('; ');
  return {
    call: async <T>(method: 'GET' | 'POST', path: string, body?: object) => {
      const answer = await fetch(new URL(path, url), {
        ...{ method, headers: { ...headers, cookie } },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as T;
    },
  };
}
