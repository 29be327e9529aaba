import type { TaxiiAccountView, TaxiiCollectionView, TaxiiFeedView } from '@gongjo/contract';
import type { Command } from 'commander';
import type { Kit } from './program.ts';
import { type Terminal, table } from './terminal.ts';

export function taxiiCommands(program: Command, kit: Kit): void {
  const taxii = program.command('taxii').description(kit.text('taxii'));
  collectionCommands(taxii, kit);
  accountCommands(taxii, kit);
  feedCommands(taxii, kit);
}

const at = (path: string, name: string | undefined) => `/api/taxii/${path}/${encodeURIComponent(name ?? '')}`;
const many = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value];

function collectionCommands(taxii: Command, kit: Kit): void {
  const { text } = kit;
  const collection = taxii.command('collection').description(text('taxiiCollection'));
  kit
    .withDesk(
      kit.command(collection, 'add', 'taxiiCollectionAdd', async ({ terminal, args, options, withDoor }) => {
        const { titleEn, titleKo, descriptionEn, descriptionKo, type, origin, incident } = options;
        const added = await withDoor((door) =>
          door.call<TaxiiCollectionView>('POST', '/api/taxii/collections', {
            alias: args[0],
            title: { en: titleEn, ko: titleKo },
            ...((descriptionEn ?? descriptionKo) !== undefined && {
              description: { en: descriptionEn, ko: descriptionKo },
            }),
            selection: { types: type ?? null, origins: origin ?? null, incidents: incident ?? null },
            unmarked: options.unmarked,
            country: options.country,
            agreement: options.agreement,
            roles: options.role,
            communities: options.community,
            markFloor: options.markFloor,
          }),
        );
        terminal.result(added, () => terminal.say('taxiiCollectionAdded', { alias: added.alias, path: added.path }));
        return undefined;
      }),
    )
    .argument('<name>', text('taxiiAlias'))
    .requiredOption('--title-en <text>', text('taxiiTitleEn'))
    .requiredOption('--title-ko <text>', text('taxiiTitleKo'))
    .option('--description-en <text>', text('taxiiDescriptionEn'))
    .option('--description-ko <text>', text('taxiiDescriptionKo'))
    .option('--type <type>', text('taxiiTypes'), many)
    .option('--origin <origin>', text('taxiiOrigins'), many)
    .option('--incident <id>', text('taxiiIncidents'), many)
    .option('--unmarked <level>', text('taxiiUnmarked'))
    .option('--country <country>', text('country'))
    .option('--agreement <name>', text('taxiiAgreement'))
    .option('--role <role>', text('taxiiRoles'), many)
    .option('--community <community>', text('taxiiCommunities'), many)
    .option('--mark-floor <level>', text('taxiiMarkFloor'));

  kit.withDesk(
    kit.command(collection, 'list', 'taxiiCollectionList', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) =>
        door.call<{ collections: TaxiiCollectionView[] }>('GET', '/api/taxii/collections'),
      );
      terminal.result(answer, () => collectionsText(terminal, answer.collections));
      return undefined;
    }),
  );
  kit
    .withDesk(
      kit.command(collection, 'show', 'taxiiCollectionShow', async ({ terminal, args, withDoor }) => {
        const shown = await withDoor((door) => door.call<TaxiiCollectionView>('GET', at('collections', args[0])));
        terminal.result(shown, () => collectionsText(terminal, [shown]));
        return undefined;
      }),
    )
    .argument('<name>', text('taxiiAlias'));
  kit
    .withDesk(
      kit.command(collection, 'remove', 'taxiiCollectionRemove', async ({ terminal, args, withDoor }) => {
        await withDoor((door) => door.call('DELETE', at('collections', args[0])));
        terminal.result({ removed: args[0] }, () => terminal.say('taxiiRemoved', { name: args[0] ?? '' }));
        return undefined;
      }),
    )
    .argument('<name>', text('taxiiAlias'));
}

function collectionsText(terminal: Terminal, collections: readonly TaxiiCollectionView[]): string {
  if (collections.length === 0) return terminal.say('none');
  const head = ['columnAlias', 'columnTitle', 'columnId', 'columnReadable', 'columnRefused'] as const;
  return table(
    head.map((key) => terminal.say(key)),
    collections.map((it) => [it.alias, it.title[terminal.language], it.id, String(it.readable), String(it.refused)]),
  );
}

const rightOf = ({ read, write }: { readonly read: boolean; readonly write: boolean }) =>
  `${read ? 'r' : '-'}${write ? 'w' : '-'}`;

function accountCommands(taxii: Command, kit: Kit): void {
  const { text } = kit;
  const account = taxii.command('account').description(text('taxiiAccount'));
  kit
    .withDesk(
      kit.command(account, 'add', 'taxiiAccountAdd', async ({ terminal, args, options, withDoor }) => {
        const added = await withDoor((door) =>
          door.call<{ name: string; secret: string }>('POST', '/api/taxii/accounts', {
            name: args[0],
            expiresAt: options.expires ?? null,
          }),
        );
        terminal.result(added, () => terminal.say('taxiiAccountAdded', { name: added.name, secret: added.secret }));
        return undefined;
      }),
    )
    .argument('<account>', text('taxiiName'))
    .option('--expires <time>', text('taxiiExpires'));

  kit.withDesk(
    kit.command(account, 'list', 'taxiiAccountList', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) =>
        door.call<{ accounts: TaxiiAccountView[] }>('GET', '/api/taxii/accounts'),
      );
      terminal.result(answer, () =>
        answer.accounts.length === 0
          ? terminal.say('none')
          : table(
              (['columnAlias', 'columnRights', 'columnExpires'] as const).map((key) => terminal.say(key)),
              answer.accounts.map(({ name, rights, expiresAt }) => [
                name,
                rights.map((it) => `${it.collection}:${rightOf(it)}`).join(' '),
                expiresAt ?? '–',
              ]),
            ),
      );
      return undefined;
    }),
  );
  kit
    .withDesk(
      kit.command(account, 'remove', 'taxiiAccountRemove', async ({ terminal, args, withDoor }) => {
        await withDoor((door) => door.call('DELETE', at('accounts', args[0])));
        terminal.result({ removed: args[0] }, () => terminal.say('taxiiRemoved', { name: args[0] ?? '' }));
        return undefined;
      }),
    )
    .argument('<account>', text('taxiiName'));

  rightCommand(account, kit, 'grant');
  rightCommand(account, kit, 'revoke');
}

function rightCommand(account: Command, kit: Kit, usage: 'grant' | 'revoke'): void {
  const { text } = kit;
  const isGrant = usage === 'grant';
  const command = kit
    .withDesk(
      kit.command(
        account,
        usage,
        isGrant ? 'taxiiAccountGrant' : 'taxiiAccountRevoke',
        async ({ terminal, args: [name = '', collection = ''], options, withDoor }) => {
          const right = {
            collection,
            read: isGrant && options.read === true,
            write: isGrant && options.write === true,
          };
          const set = await withDoor((door) =>
            door.call<typeof right & { name: string }>('POST', `${at('accounts', name)}/rights`, right),
          );
          terminal.result(set, () => terminal.say('taxiiRightSet', { name, collection, right: rightOf(set) }));
          return undefined;
        },
      ),
    )
    .argument('<account>', text('taxiiName'))
    .argument('<collection>', text('taxiiAlias'));
  if (isGrant) command.option('--read', text('taxiiRead')).option('--write', text('taxiiWrite'));
}

function feedCommands(taxii: Command, kit: Kit): void {
  const { text } = kit;
  const feed = taxii.command('feed').description(text('taxiiFeed'));
  kit.withDesk(
    kit.command(feed, 'list', 'taxiiFeedList', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) => door.call<{ feeds: TaxiiFeedView[] }>('GET', '/api/taxii/feeds'));
      terminal.result(answer, () =>
        answer.feeds.length === 0
          ? terminal.say('none')
          : table(
              (
                [
                  'columnAlias',
                  'columnDirection',
                  'columnState',
                  'columnTime',
                  'columnAdmitted',
                  'columnRefused',
                  'columnSent',
                ] as const
              ).map((key) => terminal.say(key)),
              answer.feeds.map((it) => [
                it.name,
                it.direction,
                it.problem?.text[terminal.language] ?? it.state,
                it.lastContactAt ?? '–',
                String(it.admitted),
                String(it.refused),
                String(it.sent),
              ]),
            ),
      );
      return undefined;
    }),
  );
  kit
    .withDesk(
      kit.command(feed, 'run', 'taxiiFeedPull', async ({ terminal, args, withDoor }) => {
        const ran = await withDoor((door) => door.call<TaxiiFeedView>('POST', `${at('feeds', args[0])}/run`, {}));
        terminal.result(ran, () =>
          terminal.say('taxiiFeedRan', {
            name: ran.name,
            admitted: ran.admitted,
            refused: ran.refused,
            sent: ran.sent,
          }),
        );
        return undefined;
      }),
    )
    .argument('<feed>', text('taxiiFeedName'));
}
