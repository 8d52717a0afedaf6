/** What a running gateway takes from a network's certificate: the limits that its frames are held against. */
package org.reluctor.app.certificate;
