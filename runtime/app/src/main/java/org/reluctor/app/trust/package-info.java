/** Which networks may run: manifests beside them, signed with minisign, whose versions grow. */
package org.reluctor.app.trust;
