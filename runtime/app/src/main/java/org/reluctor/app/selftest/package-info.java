/** What a board is held against: every operator and the shipped networks in float64, and a loop through a broker. */
package org.reluctor.app.selftest;
