export const firstSteps = {
  title: 'First steps',
  hint: 'Nothing has happened at this desk yet. What it needs, in this order; what is there already is marked.',
  done: 'Done',
  open: 'To do',
  command: 'command',
  step: {
    chain: {
      title: 'Follow a chain',
      why: 'Money is followed in the blocks of the agency’s own node. The operator types one of these on the desk’s machine.',
    },
    people: {
      title: 'Let colleagues in',
      why: 'Each has an account with roles and a clearance, and signs in with a passkey.',
    },
    partner: {
      title: 'Pair with a partner',
      why: 'Two desks know each other by six words that are read out by telephone. Nothing leaves before an agreement is named.',
    },
    directory: {
      title: 'Look through the directory',
      why: 'Who must know, who is on duty, what an exchange requires: correct what is different at your agency.',
    },
    watch: {
      title: 'Watch addresses',
      why: 'Single addresses, lists and categories; whoever moves there is told here within a block.',
    },
    report: {
      title: 'Report the first incident',
      why: 'The hash of the transaction that took the money is enough. To try the desk without one, the operator starts an exercise.',
    },
  },
};
