import type { Instant } from '@gongjo/contract';
import { deskIdentity, extensionDefinition, projectIdentity, type StixObject } from '../stix/index.ts';
import type { SharingContext } from './party.ts';

/** Who speaks, and in which extension: what comes before the objects of this desk's, so that whoever reads them alone understands them. */
export const introductions = (desk: SharingContext['desk'], now: Instant): readonly StixObject[] => [
  projectIdentity,
  extensionDefinition,
  deskIdentity(desk, { now, tlp: 'clear' }),
];
