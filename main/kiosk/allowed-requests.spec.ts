import { describe, expect, it } from 'vitest';
import { isAllowedRequest } from './allowed-requests.ts';

describe('isAllowedRequest', () => {
  it.each(['app://vitrine/index.html', 'data:image/png;base64,AA', 'blob:app://vitrine/1', 'devtools://devtools/x.js'])(
    'lets %s pass',
    (url) => expect(isAllowedRequest(url, null)).toBe(true),
  );

  it.each(['http://localhost:5173/', 'https://example.org/x', 'file:///etc/passwd', 'ws://localhost:5173', 'nonsense'])(
    'stops %s',
    (url) => expect(isAllowedRequest(url, null)).toBe(false),
  );

  it('lets the development server pass, with its socket, and no other', () => {
    const devServer = 'http://localhost:5173';
    expect(isAllowedRequest('http://localhost:5173/src/main.ts', devServer)).toBe(true);
    expect(isAllowedRequest('ws://localhost:5173/?token=1', devServer)).toBe(true);
    expect(isAllowedRequest('http://localhost:5174/', devServer)).toBe(false);
    expect(isAllowedRequest('http://localhost:5173.example.org/', devServer)).toBe(false);
  });
});
