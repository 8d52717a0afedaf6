/** The demonstration's page: a small web server on loopback, server-sent events, and what they carry. */
package org.reluctor.demo.page;
