// Imported before any shape is made: shapes are checked without code made for them, which the policy of the page forbids.
import { z } from 'zod';

z.config({ jitless: true });
