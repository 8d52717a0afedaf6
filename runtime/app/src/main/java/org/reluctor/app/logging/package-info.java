/** Log lines for a person, for the journal, or for a machine; always on standard error, never with a stack trace. */
package org.reluctor.app.logging;
