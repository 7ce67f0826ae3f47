// casbin for the decision alone, all policies in memory: "subject granted purpose" as policies of one subject.
// It records nothing durably.
import { newEnforcer, newModelFromString, StringAdapter } from 'casbin';
import { random, rounds, row, time } from './common.mjs';

const model = `[request_definition]\nr = sub, obj\n[policy_definition]\np = sub, obj\n[policy_effect]
e = some(where (p.eft == allow))\n[matchers]\nm = r.sub == p.sub && r.obj == p.obj`;
for (const grants of [10, 1000]) {
  const policies = Array.from({ length: grants }, (_, i) => `p, s${i / 5 | 0}, p${i % 5}`).join('\n');
  const enforcer = await newEnforcer(newModelFromString(model), new StringAdapter(policies));
  const may = () => {
    const i = random(grants);
    if (!enforcer.enforceSync('s' + (i / 5 | 0), 'p' + i % 5)) throw new Error('denied');
  };
  const v = [];
  await time(500, may);
  for (let r = 0; r < rounds; r++) v.push(await time(grants > 100 ? 500 : 5000, may));
  row('casbin', 'check', v, `${grants} grants in memory, looked through one by one`);
}
