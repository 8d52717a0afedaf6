/** The few messages that are JSON: one flat object each. */
package org.reluctor.stream.json;
