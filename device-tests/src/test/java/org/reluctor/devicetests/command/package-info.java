/** The command line as its users meet it: processes, their output, their exit status. */
package org.reluctor.devicetests.command;
