import { expect, test } from 'vitest';
import { writeRefusals } from './refusals.ts';

test('refused rows become a CSV that no spreadsheet runs', () => {
  const refusedRows = [
    { row: 3, column: 'age', value: '=1+1', reason: 'must be a number, "old" is not' },
    { row: 9, column: null, value: null, reason: 'too many cells' },
  ];
  expect(writeRefusals([{ title: 'People', refusedRows }])).toBe(
    'table,row,column,value,reason\r\nPeople,3,age,\'=1+1,"must be a number, ""old"" is not"\r\nPeople,9,,,too many cells\r\n',
  );
});
