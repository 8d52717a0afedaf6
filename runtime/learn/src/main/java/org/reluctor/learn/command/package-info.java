/** The commands that this module adds to {@code reluctor}. */
package org.reluctor.learn.command;
