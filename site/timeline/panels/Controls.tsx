/** The controls of playback: step, play, position, speed, follow, and how much time is in view. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { speeds } from '../player/playback-clock.ts';
import type { Player } from '../player/player.ts';
import { formatTime } from '../words/time.ts';

/** Icons on a grid of 16, in strokes of 1.5 px. */
const icons = {
  play: 'M5 3l8 5-8 5z',
  pause: 'M5.5 3v10M10.5 3v10',
  back: 'M11 3.5L6.5 8l4.5 4.5M4 3.5v9',
  next: 'M5 3.5L9.5 8 5 12.5M12 3.5v9',
  closer: 'M8 3.5v9M3.5 8h9',
  wider: 'M3.5 8h9',
  span: 'M4 3v10M12 3v10M4 8h8',
  keys: 'M1.5 4.5h13v7h-13zM4 7h.01M6.7 7h.01M9.3 7h.01M12 7h.01M5 9.5h6',
  whole: 'M2.5 3.5v9M13.5 3.5v9M5 8h6M6.5 6.5L5 8l1.5 1.5M9.5 6.5L11 8l-1.5 1.5',
};

interface IconButtonProps {
  icon: keyof typeof icons;
  name: string;
  /** Set only on a button that switches something. */
  pressed?: boolean;
  onClick: () => void;
}

function IconButton({ icon, name, pressed, onClick }: IconButtonProps) {
  return (
    <button type="button" class="tl-button" aria-label={name} title={name} aria-pressed={pressed} onClick={onClick}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={icons[icon]} />
      </svg>
    </button>
  );
}

const speedNames = ['1000× slower', '100× slower', '10× slower', '4× slower', '2× slower', 'true speed'];
/** How many steps the slider has from beginning to end. */
const sliderSteps = 1000;

interface Props {
  player: Player;
  onKeys: () => void;
  children: ComponentChildren;
}

export function Controls({ player, onKeys, children }: Props) {
  void player.changed.value;
  const { clock } = player;
  const slider = useRef<HTMLInputElement>(null);
  const readout = useRef<HTMLOutputElement>(null);

  useEffect(() => {
    player.onPosition = (position, end) => {
      const text = formatTime(position);
      if (readout.current && readout.current.textContent !== text) readout.current.textContent = text;
      if (!slider.current) return;
      const value = String(end > 0 ? Math.round((position / end) * sliderSteps) : 0);
      const words = `${text} of ${formatTime(end)}`;
      // This runs on every animation frame, even while the picture moves and the moment does not.
      if (slider.current.value !== value) slider.current.value = value;
      if (slider.current.getAttribute('aria-valuetext') !== words) slider.current.setAttribute('aria-valuetext', words);
    };
    player.repaint();
    return () => (player.onPosition = () => undefined);
  }, [player]);

  const scrub = (value: string): void => player.control(() => clock.seek((Number(value) / sliderSteps) * clock.end));
  return (
    <div class="tl-controls">
      <div class="tl-group">
        <IconButton icon="back" name="Previous event" onClick={() => player.step(-1)} />
        <IconButton
          icon={clock.moving ? 'pause' : 'play'}
          name={clock.moving ? 'Pause' : 'Play'}
          onClick={() => player.togglePlaying()}
        />
        <IconButton icon="next" name="Next event" onClick={() => player.step(1)} />
      </div>
      <input
        ref={slider}
        class="tl-slider"
        type="range"
        min="0"
        max={sliderSteps}
        step="1"
        defaultValue={String(sliderSteps)}
        aria-label="Position"
        aria-valuetext={`${formatTime(clock.position)} of ${formatTime(clock.end)}`}
        onInput={({ currentTarget }) => scrub(currentTarget.value)}
      />
      <output ref={readout} class="tl-time" aria-label="Time shown">
        {formatTime(clock.position)}
      </output>
      <select
        class="tl-select"
        aria-label="Speed"
        value={String(clock.speed)}
        onChange={({ currentTarget }) => player.control(() => clock.setSpeed(Number(currentTarget.value)))}
      >
        {speeds.map((speed, i) => (
          <option value={String(speed)} selected={speed === clock.speed}>
            {speedNames[i]}
          </option>
        ))}
      </select>
      <div class="tl-group">
        <IconButton icon="closer" name="Show less time" onClick={() => player.view.zoom(0.5)} />
        <IconButton icon="wider" name="Show more time" onClick={() => player.view.zoom(2)} />
        <IconButton icon="whole" name="Show the whole run" onClick={() => player.view.showWhole()} />
        <IconButton
          icon="span"
          name="Select a span"
          pressed={player.selection.span.value !== undefined}
          onClick={() => player.selection.toggle()}
        />
        <IconButton icon="keys" name="Keyboard shortcuts" onClick={onKeys} />
      </div>
      <button
        type="button"
        class="tl-button tl-worded"
        aria-pressed={clock.follow}
        title="During a run, keep showing its latest moment"
        onClick={() => player.control(() => clock.setFollow(!clock.follow))}
      >
        Follow
      </button>
      {children}
    </div>
  );
}
