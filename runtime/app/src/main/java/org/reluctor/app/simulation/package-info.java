/** A sensor made of software: a signal, a measurement matrix, frames. */
package org.reluctor.app.simulation;
