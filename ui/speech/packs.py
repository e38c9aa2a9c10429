"""What packs of recordings have in common: a folder, its manifest, clean takes, and their faults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from config.faults import Fault
from drivers.system.voices import MANIFEST
from ui.speech.engine import Samples, Sound

RATE = 24_000
CLIPPED_PEAK, CLIPPED_SAMPLES = 0.99, 3
SILENT_RMS = 0.004
LOUDNESS_RMS, PEAK = 0.11, 0.92
QUIET = 0.02
"""Below this share of the peak a take has not begun, or has ended."""
LONGEST_TAKE_S = 30.0
FRAME_S = 0.01


class VoiceFault(Fault):
    """A recording or a pack cannot be used."""

    code = "voice.pack"


@dataclass(frozen=True, slots=True)
class Take:
    sound: Sound
    fault: str
    """``clipped``, ``silent`` or empty."""


def read_take(path: Path) -> Take:
    """One recording as one channel at ``RATE``. Raises ``VoiceFault`` for a file that is not sound."""
    try:
        with soundfile.SoundFile(path) as file:
            if file.frames > LONGEST_TAKE_S * file.samplerate:
                raise VoiceFault(f"{path.name}: longer than {LONGEST_TAKE_S:.0f} s")
            rate: int = file.samplerate
            samples: Samples = np.mean(file.read(dtype="float32", always_2d=True), axis=1, dtype=np.float32)
    except (soundfile.SoundFileError, OSError) as error:
        raise VoiceFault(f"{path.name}: {error}") from error
    samples = np.nan_to_num(samples)
    return Take(Sound(resampled(samples, rate), RATE), fault_of(samples))


def fault_of(samples: Samples) -> str:
    if not len(samples) or float(np.sqrt(np.mean(samples**2))) < SILENT_RMS:
        return "silent"
    return "clipped" if int(np.sum(np.abs(samples) >= CLIPPED_PEAK)) >= CLIPPED_SAMPLES else ""


def resampled(samples: Samples, rate: int) -> Samples:
    if rate == RATE or not len(samples):
        return samples
    wanted = round(len(samples) * RATE / rate)
    places = np.arange(wanted) * (rate / RATE)
    moved: Samples = np.interp(places, np.arange(len(samples)), samples).astype(np.float32)
    return moved


def trimmed(samples: Samples) -> Samples:
    """Without the quiet before and after, at one loudness."""
    loud = np.flatnonzero(np.abs(samples) > QUIET * np.abs(samples).max(initial=0.0))
    if not len(loud):
        return samples
    margin = int(FRAME_S * RATE)
    kept = samples[max(0, loud[0] - margin) : loud[-1] + margin]
    rms = float(np.sqrt(np.mean(kept**2))) or 1.0
    gain = min(LOUDNESS_RMS / rms, PEAK / float(np.abs(kept).max()))
    return (kept * gain).astype(np.float32)


def write_take(path: Path, samples: Samples) -> None:
    soundfile.write(path, samples, RATE, format="FLAC", subtype="PCM_16")


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Last and whole: a pack without it is not there."""
    made = folder / f"{MANIFEST}.new"
    made.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
    made.replace(folder / MANIFEST)


def read_manifest(folder: Path, kind: str) -> dict[str, Any] | None:
    """The manifest of a pack, or None where there is none of this kind."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and manifest.get("kind") == kind else None
