/** The observables that STIX 2.1 defines (section 6). */
export const standardObservables = [
  'artifact',
  'autonomous-system',
  'directory',
  'domain-name',
  'email-addr',
  'email-message',
  'file',
  'ipv4-addr',
  'ipv6-addr',
  'mac-addr',
  'mutex',
  'network-traffic',
  'process',
  'software',
  'url',
  'user-account',
  'windows-registry-key',
  'x509-certificate',
] as const;

/** Those of published extensions that are known here by their type alone. Every other type is one only if an extension says so. */
export const publishedObservables = ['cryptocurrency-wallet', 'cryptocurrency-transaction'] as const;

export const observableTypes: ReadonlySet<string> = new Set([...standardObservables, ...publishedObservables]);
