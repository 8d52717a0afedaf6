/**
 * Fuzzing of whatever reads bytes that came from somewhere else: one class a reader. {@code device-tests/bin/fuzz}
 * searches for inputs that break a promise; an ordinary test run reads only the seeds and the inputs that once did,
 * which lie in the resources beside this package, each under a name that tells what it once broke.
 *
 * <p>The classes are here and not beside the readers, because Jazzer rewrites the classes of the JVM that it is in, and
 * tests that measure allocation and time run in the modules' own.
 */
package org.reluctor.devicetests.fuzz;
