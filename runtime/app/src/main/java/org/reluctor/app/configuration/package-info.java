/**
 * The configuration file {@code reluctor.yaml}, read strictly into immutable records: every mistake is reported at
 * once, each with file, line, key, value and what would be right. Bound by hand, not by reflection, because the
 * gateway's start-up time and memory are promised.
 */
package org.reluctor.app.configuration;
