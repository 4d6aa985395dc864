// UCUM units that may stand for one another, with the factor from one to the other. Only what is exact or defined by the substance's mass.

/** Other unit → what one of it is in the row's unit, by the row's unit; the same for every measurement. */
const EVERYWHERE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '10*3/uL': { '10*9/L': 1, '/uL': 0.001, '10*3/mm3': 1 },
  '10*6/uL': { '10*12/L': 1 },
  'g/dL': { 'g/L': 0.1 },
  'mg/L': { 'mg/dL': 10 },
  'mm[Hg]': { kPa: 7.50062 },
  'mmol/L': { 'meq/L': 1 },
  'U/L': { '[iU]/L': 1, '[IU]/L': 1 },
  'm[IU]/L': { 'm[iU]/L': 1, 'u[IU]/mL': 1, 'u[iU]/mL': 1 },
  '/min': { '{beats}/min': 1, '{breaths}/min': 1 },
};

/** Substances whose molar mass ties mmol to mg; factor to the row's unit, by the first LOINC code of the row. */
const BY_SUBSTANCE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '2345-7': { 'mmol/L': 18.016 }, // glucose, 180.16 g/mol
  '1521-4': { 'mmol/L': 18.016 },
  '2093-3': { 'mmol/L': 38.67 }, // cholesterol, 386.65 g/mol
  '18262-6': { 'mmol/L': 38.67 },
  '2085-9': { 'mmol/L': 38.67 },
  '2571-8': { 'mmol/L': 88.57 }, // triglycerides, 885.7 g/mol on average
  '2160-0': { 'umol/L': 1 / 88.42 }, // creatinine, 113.12 g/mol
  '1975-2': { 'umol/L': 1 / 17.1 }, // bilirubin, 584.66 g/mol
  '3084-1': { 'umol/L': 1 / 59.48 }, // uric acid, 168.11 g/mol
  '17861-6': { 'mmol/L': 4.008 }, // calcium, 40.08 g/mol
  '6299-2': { 'mmol/L': 2.801 }, // urea nitrogen, 28.01 g/mol
  '2777-1': { 'mmol/L': 3.097 }, // phosphate as phosphorus, 30.97 g/mol
};

/** The factor from a unit to the row's unit; undefined when nothing ties them. */
export function factorTo(rowUnit: string, firstLoinc: string, unit: string): number | undefined {
  if (unit === rowUnit) return 1;
  const substance = BY_SUBSTANCE[firstLoinc];
  if (substance !== undefined && Object.hasOwn(substance, unit)) return substance[unit];
  const general = EVERYWHERE[rowUnit];
  if (general === undefined || !Object.hasOwn(general, unit)) return undefined;
  return general[unit];
}
