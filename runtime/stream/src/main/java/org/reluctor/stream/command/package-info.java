/** Commands to a gateway: authenticated, numbered, carried out once, answered. */
package org.reluctor.stream.command;
