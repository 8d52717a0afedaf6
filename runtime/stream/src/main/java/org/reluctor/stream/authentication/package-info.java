/** Who may send frames: keys of sensors, and marks of what was delivered of each, against replay. */
package org.reluctor.stream.authentication;
