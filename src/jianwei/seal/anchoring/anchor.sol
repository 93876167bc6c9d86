// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// Heads of logs, each larger than the one before: what was anchored can be neither taken back nor shrunk.
/// Only whoever deployed it may add. `origin` is the SHA-256 of the log's origin line.
contract Anchor {
    struct Head {
        uint64 size;
        bytes32 root;
    }

    address public owner = msg.sender;
    mapping(bytes32 => Head) public heads;

    event Anchored(bytes32 indexed origin, uint64 size, bytes32 root);

    function anchor(bytes32 origin, uint64 size, bytes32 root) external {
        require(msg.sender == owner, "not the owner");
        require(size > heads[origin].size, "not append-only");
        heads[origin] = Head(size, root);
        emit Anchored(origin, size, root);
    }
}
