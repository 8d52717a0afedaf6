/** What a board has and lacks for computing with OpenCL: files, rights, versions, and drivers tried one by one. */
package org.reluctor.app.board;
