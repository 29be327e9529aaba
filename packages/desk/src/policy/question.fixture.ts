import { zDeskId } from '@gongjo/contract';
import type { AdmitQuestion, ObjectFacts, PartnerFacts, ReleaseQuestion } from './model.ts';

export const here = zDeskId.parse('kr-police');
export const there = zDeskId.parse('us-agency');
export const third = zDeskId.parse('jp-agency');

/** A paired desk with an agreement, of no community. */
export const desk: PartnerFacts = {
  id: there,
  kind: 'desk',
  country: 'US',
  paired: true,
  agreement: 'MOU 2023',
  roles: [],
  communities: [],
};

/** The accounts that read a TAXII collection. */
export const collection: PartnerFacts = {
  id: 'collection:exchange-feed',
  kind: 'collection',
  country: 'KR',
  paired: false,
  agreement: null,
  roles: ['vasp'],
  communities: ['kr-us'],
};

/** An incident that this desk made, TLP:AMBER. */
export const object: ObjectFacts = {
  id: 'incident--1',
  type: 'incident',
  tlp: 'amber',
  origin: here,
  communities: ['kr-us'],
  handling: [],
  incident: 'incident--1',
};

export const release: ReleaseQuestion = {
  action: 'release',
  desk: here,
  partner: desk,
  object,
  purpose: 'warning',
  legalBasis: null,
  approvals: 0,
  originConsents: false,
  redaction: null,
};

export const admit: AdmitQuestion = {
  action: 'admit',
  desk: here,
  partner: desk,
  object: { ...object, origin: there },
  purpose: 'warning',
  legalBasis: null,
  via: 'desk',
  signatureVerified: true,
};
