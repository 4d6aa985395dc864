// The person's accounts at other hospitals: who the person is there stands in the vault, and is checked against the ledger here.
import type { LedgerNode } from '@clearchart/api';
import { Button, NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useNodes } from '../connection/ledger.ts';
import type { Session } from '../connection/session.ts';
import { formatDate } from '../language/format.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Seal } from '../parts/seal.tsx';
import { Failed, Loading, Note } from '../parts/states.tsx';
import { type HeldLink, offerLink, onKeysChanged, ownHospital, personLinks } from '../session/index.ts';
import { ForgetLink } from './forget-link.tsx';
import { linkChecks, useLinkSigned } from './link-checks.ts';
import { LinkCode } from './link-code.tsx';
import { linkFaultWords } from './link-fault-words.ts';
import { SignInDialog } from './sign-in-dialog.tsx';

export function MyHospitals({ session }: { session: Session }) {
  const { t } = useTranslation();
  const nodes = useNodes();
  return (
    <section className="card stack" aria-labelledby="my-hospitals">
      <h2 id="my-hospitals">{t('myHospitals.title')}</h2>
      <p className="small muted">{t('myHospitals.lead')}</p>
      {nodes.error !== null ? (
        <Failed error={nodes.error} retry={() => void nodes.refetch()} />
      ) : nodes.data === undefined ? (
        <Loading lines={2} />
      ) : session.keyBound ? (
        <Linked session={session} nodes={nodes.data} />
      ) : (
        <p>{t('myHospitals.noKey')}</p>
      )}
      <p className="small">
        <Link to="/account/link">{t('myHospitals.enterCode')}</Link>
      </p>
    </section>
  );
}

function Linked({ session, nodes }: { session: Session; nodes: readonly LedgerNode[] }) {
  const { t } = useTranslation();
  const links = useSyncExternalStore(onKeysChanged, personLinks);
  const own = useSyncExternalStore(onKeysChanged, ownHospital);
  const [opening, setOpening] = useState(false);
  if (own === undefined)
    return (
      <div className="row wrapping">
        <p className="grow">{t('myHospitals.closed')}</p>
        <Button onClick={() => setOpening(true)}>{t('myHospitals.open')}</Button>
        {opening ? (
          <SignInDialog
            email={session.email}
            title={t('myHospitals.open')}
            lead={t('myHospitals.openDetail')}
            onClose={() => setOpening(false)}
          />
        ) : null}
      </div>
    );
  const others = nodes.filter(({ organization, standing }) => organization !== own && standing === 'member');
  const here = nodes.find(({ organization }) => organization === own);
  return (
    <>
      <ul className="rows">
        <li>
          <b>{here?.name}</b> <span className="small muted">{t('myHospitals.here')}</span>
        </li>
        {links.map((held) => (
          <Line key={held.link.signature} held={held} nodes={nodes} session={session} />
        ))}
      </ul>
      {links.length === 0 ? (
        <p className="small muted">{t(others.length === 0 ? 'myHospitals.alone' : 'myHospitals.none')}</p>
      ) : null}
      {others.length === 0 ? null : <Add hospitals={others} />}
    </>
  );
}

interface LineProps {
  held: HeldLink;
  nodes: readonly LedgerNode[];
  session: Session;
}

function Line({ held, nodes, session }: LineProps) {
  const { t } = useTranslation();
  const [forgetting, setForgetting] = useState(false);
  const { other } = held;
  const node = nodes.find(({ organization }) => organization === other.organizationId);
  const name = node?.name ?? t('myHospitals.unnamed');
  return (
    <li className="row top wrapping">
      <div className="grow">
        {node?.address === undefined ? (
          <b>{name}</b>
        ) : (
          <a href={node.address} rel="noreferrer" aria-label={t('myHospitals.openPage', { name })}>
            <b>{name}</b>
          </a>
        )}
        <Signed held={held} name={name} />
      </div>
      <Button size="sm" aria-label={t('myHospitals.forgetOf', { name })} onClick={() => setForgetting(true)}>
        {t('myHospitals.forget')}
      </Button>
      {forgetting ? (
        <ForgetLink name={name} side={other} session={session} onClose={() => setForgetting(false)} />
      ) : null}
    </li>
  );
}

function Signed({ held, name }: { held: HeldLink; name: string }) {
  const { t } = useTranslation();
  const { data, error } = useLinkSigned(held);
  const { link, isOfThisKey, other } = held;
  const when = formatDate(link.offer.at);
  return (
    <>
      <p className="small">
        {t('linkAccounts.there')} <Fingerprint value={other.pseudonym} />
      </p>
      {error !== null ? (
        <Seal state="unchecked">{t('myHospitals.unchecked', { words: linkFaultWords(error, t) })}</Seal>
      ) : data === undefined ? (
        <Seal state="unchecked">{t('myHospitals.checking')}</Seal>
      ) : !data ? (
        <Seal state="problem">{t('myHospitals.broken')}</Seal>
      ) : isOfThisKey ? (
        <Seal state="verified">{t('myHospitals.proved', { when })}</Seal>
      ) : (
        <>
          <Seal state="problem">{t('myHospitals.keyChanged')}</Seal>
          <p className="small">{t('myHospitals.keyChangedDetail', { name })}</p>
        </>
      )}
    </>
  );
}

function Add({ hospitals }: { hospitals: readonly LedgerNode[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(hospitals[0]?.organization ?? '');
  const offer = useMutation({ mutationFn: async () => await offerLink(await linkChecks(), chosen), gcTime: 0 });
  const node = hospitals.find(({ organization }) => organization === chosen);
  return (
    <div className="stack">
      {offer.isError ? <Note tone="bad">{linkFaultWords(offer.error, t)}</Note> : null}
      <div className="row wrapping" style={{ alignItems: 'end' }}>
        <NativeSelect
          className="grow"
          miw={220}
          label={t('myHospitals.hospital')}
          data={hospitals.map(({ organization, name }) => ({ value: organization, label: name }))}
          value={chosen}
          onChange={(event) => {
            setChosen(event.currentTarget.value);
            offer.reset();
          }}
        />
        <Button loading={offer.isPending} onClick={() => offer.mutate()}>
          {t('myHospitals.add')}
        </Button>
      </div>
      {offer.data === undefined || node === undefined ? null : (
        <>
          <Note>{t('linkAccounts.goThere', { name: node.name })}</Note>
          <LinkCode
            code={offer.data}
            name={node.name}
            address={node.address}
            words={t('linkAccounts.go', { name: node.name })}
          />
        </>
      )}
    </div>
  );
}
