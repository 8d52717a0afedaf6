/** Curves in a terminal. */
package org.reluctor.app.terminal;
