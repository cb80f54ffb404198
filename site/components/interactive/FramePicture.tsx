/** A captured frame in a lesson: the reader flips its bits, and sees the rule that fires and the server's answer. */
import type { Flight } from '../../../protocol/trace/flight.ts';
import type { CapturedFrame } from '../../../protocol/trace/trace.ts';
import { FrameAnatomy } from '../../inspector/frame/FrameAnatomy.tsx';
import { askServer } from '../../playground/session/ask-server.ts';

export interface FramePictureProps {
  flight: Flight & { captured: CapturedFrame };
  /** The flights in its direction, up to and including this one. */
  flights: readonly Flight[];
  isStill?: boolean;
}

export function FramePicture({ flight, flights, isStill = false }: FramePictureProps) {
  return (
    <div class="fi ip-frame">
      <FrameAnatomy
        flight={flight}
        captured={flight.captured}
        flights={flights}
        ask={(bytes) => askServer(location.origin, bytes)}
        isBrief
        isStill={isStill}
      />
    </div>
  );
}
