import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon.tsx';
import { conceptWords } from '../record/fhir.ts';
import { COMMON_ORDERS } from './orders.ts';
import type { SectionProps } from './visit-form.ts';

const SHOWN_FIRST = 6;
const NAME_LENGTH_LIMIT = 200;

/** Chips for what is often ordered; anything else in words. */
export function OrderSection({ form, change }: SectionProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const [typed, setTyped] = useState('');
  const { orders } = form;
  const chosen = new Set(orders.map((order) => conceptWords(order)));
  const own = orders.filter((order) => !COMMON_ORDERS.some((one) => conceptWords(one) === conceptWords(order)));
  const shown = COMMON_ORDERS.filter((order, at) => all || at < SHOWN_FIRST || chosen.has(conceptWords(order)));
  return (
    <div role="group" aria-labelledby="visit-orders">
      <h3 className="label" id="visit-orders">
        {t('visit.orders')}
      </h3>
      <div className="visit-chips" role="group" aria-labelledby="visit-orders">
        {[...shown, ...own].map((order) => {
          const words = conceptWords(order) ?? '';
          const on = chosen.has(words);
          return (
            <button
              key={words}
              type="button"
              className="chip"
              aria-pressed={on}
              onClick={() =>
                change({ orders: on ? orders.filter((one) => conceptWords(one) !== words) : [...orders, order] })
              }
            >
              {on ? <Icon name="check" little /> : null}
              {words}
            </button>
          );
        })}
      </div>
      {all ? (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            const words = typed.trim();
            if (words !== '' && !chosen.has(words)) change({ orders: [...orders, { text: words }] });
            setTyped('');
          }}
        >
          <TextInput
            className="grow"
            aria-label={t('visit.otherOrder')}
            placeholder={t('visit.otherOrder')}
            maxLength={NAME_LENGTH_LIMIT}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit">{t('visit.addIt')}</Button>
        </form>
      ) : (
        <Button size="sm" variant="subtle" leftSection={<Icon name="plus" little />} onClick={() => setAll(true)}>
          {t('visit.moreOrders')}
        </Button>
      )}
    </div>
  );
}
