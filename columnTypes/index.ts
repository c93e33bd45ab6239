import { autoNumber } from './autoNumber/type.ts';
import { checkbox } from './checkbox/type.ts';
import { colour } from './colour/type.ts';
import type { AnyColumnType } from './columnType.ts';
import { createdBy } from './createdBy/type.ts';
import { createdTime } from './createdTime/type.ts';
import { currency } from './currency/type.ts';
import { date } from './date/type.ts';
import { dateTime } from './dateTime/type.ts';
import { decimal } from './decimal/type.ts';
import { duration } from './duration/type.ts';
import { email } from './email/type.ts';
import { geoData } from './geoData/type.ts';
import { id } from './id/type.ts';
import { json } from './json/type.ts';
import { lastModifiedBy } from './lastModifiedBy/type.ts';
import { lastModifiedTime } from './lastModifiedTime/type.ts';
import { longText } from './longText/type.ts';
import { multiSelect } from './multiSelect/type.ts';
import { number } from './number/type.ts';
import { order } from './order/type.ts';
import { percent } from './percent/type.ts';
import { phoneNumber } from './phoneNumber/type.ts';
import { rating } from './rating/type.ts';
import { singleLineText } from './singleLineText/type.ts';
import { singleSelect } from './singleSelect/type.ts';
import { time } from './time/type.ts';
import { url } from './url/type.ts';
import { user } from './user/type.ts';
import { uuid } from './uuid/type.ts';
import { year } from './year/type.ts';

/** Every column type there is. */
export const columnTypes: readonly AnyColumnType[] = [
  id,
  singleLineText,
  longText,
  number,
  decimal,
  currency,
  percent,
  duration,
  rating,
  checkbox,
  date,
  dateTime,
  time,
  year,
  email,
  url,
  phoneNumber,
  singleSelect,
  multiSelect,
  user,
  json,
  createdTime,
  lastModifiedTime,
  createdBy,
  lastModifiedBy,
  uuid,
  autoNumber,
  geoData,
  colour,
  order,
];

const byName = new Map(columnTypes.map((type) => [type.name, type]));

/** The type of that wire name (`uidt`), e.g. 'SingleLineText'; undefined for unknown words. */
export const findColumnType = (name: string): AnyColumnType | undefined => byName.get(name);
