import { validatedText } from '../validatedText.ts';

const written = /^\+?[0-9 ().\-/]{3,32}$/;

/** E.164 allows 15 digits; 3 are the shortest in use. */
function isPhoneNumber(text: string): boolean {
  const digits = text.replace(/[^0-9]/g, '').length;
  return written.test(text) && digits >= 3 && digits <= 15;
}

export const phoneNumber = validatedText(
  'PhoneNumber',
  'a telephone number',
  isPhoneNumber,
  '+44 20 7946 0958',
);
