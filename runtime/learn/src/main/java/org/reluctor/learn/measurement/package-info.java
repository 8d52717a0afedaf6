/** How signals are measured: designs of the measurement matrix Φ, and what a sensor's converter does to y = Φx. */
package org.reluctor.learn.measurement;
