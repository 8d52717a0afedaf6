/**
 * A device that is lost, hangs, or has no memory: a driver of the tests that forwards to PoCL and fails on command, and
 * what a gateway on it does.
 */
package org.reluctor.devicetests.devicelost;
