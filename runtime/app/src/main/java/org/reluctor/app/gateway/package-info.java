/** The running gateway: configuration to device, networks, stream, log, metrics and health, in one process. */
package org.reluctor.app.gateway;
