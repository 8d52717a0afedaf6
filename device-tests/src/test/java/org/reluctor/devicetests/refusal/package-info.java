/** What must be refused: bad frames, bad configurations, bad files, bad surroundings; each with one clear message. */
package org.reluctor.devicetests.refusal;
