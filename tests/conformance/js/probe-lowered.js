// The probe lowered to JavaScript: `startLoweredProbe()` gives the class.
import { Probe } from "@handrail/probe";

globalThis.startLoweredProbe = () => Probe;
