/** Works out the accept key for the recorded key or the reader's own. */
import { useState } from 'preact/hooks';
import { AcceptSteps } from '../../inspector/handshake/AcceptSteps.tsx';

export interface AcceptPictureProps {
  /** The key of the recorded handshake, and the server's answer to it. */
  recordedKey: string;
  recordedAccept: string;
  isStill?: boolean;
}

/** 16 bytes in base64 (RFC 6455 §4.1). */
const keyPattern = /^[+/0-9A-Za-z]{21}[AQgw]==$/;

export function AcceptPicture({ recordedKey, recordedAccept, isStill = false }: AcceptPictureProps) {
  const [typed, setTyped] = useState(recordedKey);
  const key = typed.trim();
  const isKey = keyPattern.test(key);
  return (
    <div class="fi ip-steps">
      <p class="ip-inputs">
        <label>
          Sec-WebSocket-Key
          <input
            type="text"
            value={typed}
            readOnly={isStill}
            spellcheck={false}
            autocomplete="off"
            size={26}
            aria-invalid={!isKey}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </label>
        {!isStill && (
          <button type="button" class="fi-button" onClick={() => setTyped(freshKey())}>
            A fresh key
          </button>
        )}
      </p>
      <div role="status">
        {isKey ? (
          <AcceptSteps requestKey={key} answered={key === recordedKey ? recordedAccept : undefined} isOwn={key !== recordedKey} />
        ) : (
          <p class="fi-wrong">That is not 16 bytes in base64: 22 of the characters A–Z a–z 0–9 + /, then "==".</p>
        )}
      </div>
    </div>
  );
}

const freshKey = (): string => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
