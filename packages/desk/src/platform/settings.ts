import {
  holdFileBytesMost,
  inputRules,
  zChainId,
  zDeskId,
  zPartnerWord,
  zQuotas,
  zSignatory,
  zTaxiiName,
  zText,
  zTlp,
} from '@gongjo/contract';
import { z } from 'zod';
import { isLoopback } from './loopback.ts';

/** Who a desk is. Kept in its data folder from the first start on. */
export const zIdentity = z.strictObject({
  id: zDeskId,
  name: zText,
  country: z.string().regex(/^[A-Z]{2}$/, 'must be two capital letters (ISO 3166-1), e.g. KR'),
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone, e.g. Asia/Seoul').default('UTC'),
});
export type Identity = z.infer<typeof zIdentity>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const zHttpUrl = z.url().refine((url) => /^https?:/i.test(url), inputRules.httpUrl);

/** A chain that the desk reads from a node. */
export const zSource = z.strictObject({
  chain: zChainId,
  name: z.string().min(1).max(100).optional(),
  rpc: zHttpUrl,
  /** The first block to read into an empty ledger. */
  from: z.int().min(0).default(0),
  /** How often the node is asked for its tip. */
  pollMs: z.int().min(20).max(600_000).default(500),
});
export type Source = z.infer<typeof zSource>;

/** A collection of another TAXII 2.1 server: pulled from, or pushed to. */
export const zFeed = z
  .strictObject({
    name: zTaxiiName,
    url: zHttpUrl.refine((text) => {
      const url = new URL(text);
      const isSafe = url.protocol === 'https:' || isLoopback(url.hostname);
      return isSafe && url.username === '' && url.search === '' && /\/collections\/[^/]+\/$/.test(url.pathname);
    }, 'must be the https URL of a collection, …/collections/ID/, without credentials'),
    direction: z.enum(['pull', 'push']).default('pull'),
    /** What is pushed: the name of a collection of this desk. */
    collection: zTaxiiName.optional(),
    user: z.string().min(1).max(200).optional(),
    passwordFile: z.string().min(1).optional(),
    tokenFile: z.string().min(1).optional(),
    everyMs: z.int().min(1000).max(86_400_000).default(300_000),
    /** The level that a pulled object without a marking gets. */
    unmarked: z.union([z.literal('refuse'), zTlp]).default('refuse'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be two capital letters (ISO 3166-1), e.g. KR')
      .optional(),
    agreement: z.string().min(1).max(200).optional(),
  })
  .refine(({ direction, collection }) => (direction === 'push') === (collection !== undefined), {
    path: ['collection'],
    error: 'names what is pushed, and is given with direction: push only',
  })
  .refine(({ user, passwordFile }) => (user === undefined) === (passwordFile === undefined), {
    path: ['passwordFile'],
    error: 'user and passwordFile go together',
  })
  .refine(({ user, tokenFile }) => user === undefined || tokenFile === undefined, {
    path: ['tokenFile'],
    error: 'either user and passwordFile, or tokenFile',
  });
export type FeedSettings = z.infer<typeof zFeed>;
/** The agency's mail server, through which notices go. */
export const zMail = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535).default(587),
  /** TLS from the start (port 465); otherwise STARTTLS, which every server but one on this machine must offer. */
  secure: z.boolean().default(false),
  user: z.string().min(1).max(320).optional(),
  /** Holds the password of `user`, and nothing else. */
  passwordFile: z.string().min(1).optional(),
  /** A certificate authority to trust besides the known ones, PEM. */
  caFile: z.string().min(1).optional(),
  from: z.email(),
});
export type MailSettings = z.infer<typeof zMail>;

/** How the agency's letters look, and what they are signed with. */
export const zLetters = z.strictObject({
  /** Its name at the head; where nothing is said, that of the desk. */
  agency: zText.optional(),
  department: zText.optional(),
  /** In whose name letters go, e.g. the head of the agency. */
  sender: zText.optional(),
  address: zText.optional(),
  phone: z.string().min(1).max(100).optional(),
  email: z.email().optional(),
  website: z.string().min(1).max(200).optional(),
  /** Before the running number. */
  numberPrefix: zText.optional(),
  /** The agency's stamp, PNG. */
  seal: z.string().min(1).optional(),
  /** PKCS#12 with one private key and its certificate; absent: the desk makes its own. */
  certificate: z.string().min(1).optional(),
  passwordFile: z.string().min(1).optional(),
});
export type LetterSettings = z.infer<typeof zLetters>;

/** Hold requests: who has to agree, and the clocks. */
export const zHolds = z.strictObject({
  /** Persons who must approve a request besides whoever drafted it. */
  approvals: z.int().min(0).max(3).default(1),
  acknowledgeHours: z.int().min(1).max(720).default(24),
  /** Hours before its end at which a hold is warned of; kept from long to short, each once. */
  warnHours: z
    .array(z.int().min(1).max(2160))
    .min(1)
    .max(10)
    .transform((hours) => [...new Set(hours)].sort((a, b) => b - a))
    .default([72, 24, 6]),
  /** Days asked for where nobody says otherwise and the addressee publishes none. */
  days: z.int().min(1).max(3650).default(30),
  legalBasis: zText.optional(),
  signatory: zSignatory.optional(),
  /** The largest file that is taken from an addressee: it is held in memory while it is checked. */
  fileBytes: z
    .int()
    .min(1024)
    .max(holdFileBytesMost)
    .default(16 * 1024 * 1024),
});
export type HoldSettings = z.infer<typeof zHolds>;

/** How people sign in, and how long that lasts. */
export const zPeople = z.strictObject({
  /** A session ends after this, whatever happens in it. */
  sessionHours: z.int().min(1).max(24).default(12),
  /** A session that nobody uses ends after this. */
  idleMinutes: z.int().min(5).max(1440).default(60),
  /** The agency's own sign-in, OpenID Connect. */
  oidc: z
    .strictObject({
      issuer: zHttpUrl.refine((text) => {
        const { protocol, hostname } = new URL(text);
        return protocol === 'https:' || isLoopback(hostname);
      }, 'must be https'),
      clientId: z.string().min(1).max(500),
      /** Holds the client's secret, and nothing else; absent: a public client. */
      clientSecretFile: z.string().min(1).optional(),
      /** The claim that says who signed in, as accounts have it as their subject. */
      claim: z.string().min(1).max(100).default('sub'),
    })
    .optional(),
});
export type PeopleSettings = z.infer<typeof zPeople>;

/** Everything an operator can set; `docs/settings.md` describes it. */
export const zSettings = z.strictObject({
  data: z.string().min(1).default('gongjo-data'),
  desk: zIdentity.optional(),
  listen: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: z.int().min(0).max(65_535).default(4500),
      /** PEM files, where the desk serves HTTPS itself. */
      tls: z.strictObject({ cert: z.string().min(1), key: z.string().min(1) }).optional(),
    })
    .prefault({}),
  /** How partners and people reach this desk. */
  url: zHttpUrl.optional(),
  records: z
    .strictObject({ url: z.url().refine((url) => /^postgres(ql)?:/i.test(url), inputRules.postgresUrl) })
    .optional(),
  ledger: z
    .strictObject({
      url: zHttpUrl,
      /** Stands in SQL. */
      cluster: z
        .string()
        .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'must be letters, digits, _ and -, at most 64, e.g. gongjo')
        .optional(),
    })
    .optional(),
  chains: z.array(zSource).max(32).default([]),
  tags: z.array(z.string()).max(1000).default([]),
  directory: z.array(z.string()).max(1000).default([]),
  /** Circles of agencies that this desk belongs to, as policy names them, e.g. `kr-us`. */
  communities: z.array(zPartnerWord).max(100).default([]),
  /** PEM files of private authorities that partners' certificates come from. */
  trust: z.array(z.string()).max(100).default([]),
  /** What each partner may ask of this desk, where nothing else is set for it. */
  quotas: zQuotas.partial().prefault({}),
  feeds: z
    .array(zFeed)
    .max(64)
    .refine((feeds) => new Set(feeds.map(({ name }) => name)).size === feeds.length, 'two feeds have one name')
    .default([]),
  mail: zMail.optional(),
  letters: zLetters.prefault({}),
  holds: zHolds.prefault({}),
  people: zPeople.prefault({}),
});
export type Settings = z.infer<typeof zSettings>;
