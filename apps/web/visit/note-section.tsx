import { Button, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NOTE_LENGTH_LIMIT, type SectionProps, TEMPLATES, type Template } from './visit-form.ts';

/** A template puts its headings under what is written already; nothing typed is lost. */
export function NoteSection({ form, change }: SectionProps) {
  const { t } = useTranslation();
  const use = (template: Template) => {
    const headings = t(`visit.template.${template}.text`);
    const before = form.note.trim();
    change({ template, note: before === '' ? headings : `${before}\n\n${headings}` });
  };
  return (
    <div>
      <Textarea
        label={t('visit.note')}
        name="note"
        autosize
        minRows={4}
        maxRows={16}
        maxLength={NOTE_LENGTH_LIMIT}
        value={form.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      <div className="visit-chips" role="group" aria-label={t('visit.templates')}>
        {TEMPLATES.map((template) => (
          <Button key={template} size="sm" variant="subtle" onClick={() => use(template)}>
            {t(`visit.template.${template}.name`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
