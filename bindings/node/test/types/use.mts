// SPDX-License-Identifier: Apache-2.0
// Compiled, not run: the types hold what the README shows, and refuse what is wrong.
import { may } from '../../lib/express.js';
import { ConsentError, Store, reasonName, toDate, type Answer, type RowAsk } from '../../lib/index.js';

export async function use(): Promise<void> {
  using store: Store = Store.open('a.db', { keyFile: 'a.db.key', wait: 500 });
  const yes: boolean = store.may('wang', 'statistics');
  const answer: Answer = await store.checkAsync({ subject: 'wang', purpose: 'statistics', operation: 'share', items: ['phone'] });
  if (answer.reason === 'NOT_ASKED' && !yes) {
    const asks: RowAsk[] = store.ask('wang');
    const text: string | null | undefined = asks[0]?.shown;
    store.record({ subject: 'wang', purpose: 'statistics', decision: 'granted', class: 'separate', shown: text ?? null });
  }
  // @ts-expect-error no such decision
  store.record({ subject: 'wang', purpose: 'statistics', decision: 'perhaps' });
  // @ts-expect-error a subject is a text
  store.may(5, 'statistics');
  // @ts-expect-error stores are opened or created
  new Store();
  try {
    store.subjectGet('nobody');
  } catch (problem) {
    if (problem instanceof ConsentError) reasonName(problem.status);
  }
  toDate(store.now()).toISOString();
  may(store, 'statistics', { subject: (request) => request.headers['x-user'] as string });
}
