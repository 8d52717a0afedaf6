/** Files in which a training that was stopped finds what it needs to go on as if it had not been. */
package org.reluctor.learn.checkpoint;
