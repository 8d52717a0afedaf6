/** The little JSON that this program writes: status, results of commands, log lines. */
package org.reluctor.app.json;
