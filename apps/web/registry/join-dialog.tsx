// Two records side by side: which one is kept, why they are one person, and what joining does. Wrong, it shows one person to another.
import type { DuplicatePair } from '@clearchart/api';
import { Button, Checkbox, Radio, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/dialog.tsx';
import { Failed, Note } from '../parts/states.tsx';
import { factsOf } from './person-facts.ts';
import { joinRecords, useDeskAct } from './use-duplicates.ts';

const SHORTEST_REASON = 3;

export function JoinDialog({ pair, onClose }: { pair: DuplicatePair; onClose: () => void }) {
  const { t } = useTranslation();
  const [one, other] = pair.people;
  const hasAccount = (person: typeof one) => person.account === 'active' || person.account === 'deactivated';
  // The account stays with its record: there is nothing to choose when one of them has it.
  const [survivor, setSurvivor] = useState(!hasAccount(one) && hasAccount(other) ? other.id : one.id);
  const [reason, setReason] = useState('');
  const [seen, setSeen] = useState(false);
  const join = useDeskAct(joinRecords, onClose);
  const replaced = survivor === one.id ? other : one;
  const facts = pair.people.map((person) => factsOf(person, t));
  const both = hasAccount(one) && hasAccount(other);

  function submit(event: FormEvent) {
    event.preventDefault();
    join.mutate({ survivor, replaced: replaced.id, reason: reason.trim() });
  }

  return (
    <Dialog onClose={onClose} title={t('join.dialog')} size="xl">
      <form className="stack" onSubmit={submit}>
        <table className="table compare-table">
          <thead>
            <tr>
              <td />
              {pair.people.map(({ id, name }) => (
                <th key={id} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(facts[0] ?? []).map(([name, value], at) => {
              const beside = facts[1]?.[at]?.[1] ?? '';
              return (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className="break">{value}</td>
                  <td className={`break ${value === beside ? '' : 'differs'}`}>{beside}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <Radio.Group label={t('join.keep')} description={t('join.keepDetail')} value={survivor} onChange={setSurvivor}>
          <div className="stack" style={{ ['--gap' as string]: '8px', marginTop: 8 }}>
            {pair.people.map(({ id, name }) => (
              <Radio key={id} value={id} label={`${name} · ${id.slice(0, 8)}`} />
            ))}
          </div>
        </Radio.Group>
        {both ? <Note tone="warn">{t('join.bothAccounts')}</Note> : null}
        <Note tone="plain">{t('join.does')}</Note>
        <Textarea
          label={t('join.reason')}
          description={t('join.reasonDetail')}
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Checkbox
          checked={seen}
          onChange={(event) => setSeen(event.currentTarget.checked)}
          label={t('join.sure', { one: one.name, other: other.name })}
        />
        {join.isError ? <Failed error={join.error} /> : null}
        <div className="actions">
          <Button
            type="submit"
            variant="filled"
            disabled={!seen || both || reason.trim().length < SHORTEST_REASON}
            loading={join.isPending}
          >
            {t('join.join')}
          </Button>
          <Button onClick={onClose}>{t('account.close')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
