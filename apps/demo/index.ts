export {
  type DemoHospital,
  type DemoLogin,
  type DemoPatient,
  type DemoPractitioner,
  demoHospital,
  otherDemoHospitals,
} from './demo-hospital.ts';
export { MADE_UP } from './building/chart.ts';
