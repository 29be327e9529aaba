// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Token} from "./Token.sol";

/// Fixed-denomination mixer of one token, or of the chain's own coin where `token` is zero. A depositor leaves the hash of
/// a secret; whoever shows the secret takes one denomination out, to any address. Mixers in use prove the secret without
/// showing it; for the trace nothing changes, because the payer and the receiver of a mixer share no movement either way.
contract Mixer {
    Token public immutable token;
    uint256 public immutable denomination;
    mapping(bytes32 => bool) public waiting;

    event Deposit(bytes32 indexed commitment);
    event Withdrawal(address indexed recipient);

    error WrongAmount();
    error CommitmentTaken();
    error SecretUnknown();
    error PaymentFailed();

    constructor(Token token_, uint256 denomination_) {
        token = token_;
        denomination = denomination_;
    }

    function deposit(bytes32 commitment) external payable {
        if (waiting[commitment]) revert CommitmentTaken();
        waiting[commitment] = true;
        if (address(token) == address(0)) {
            if (msg.value != denomination) revert WrongAmount();
        } else {
            if (msg.value != 0) revert WrongAmount();
            token.transferFrom(msg.sender, address(this), denomination);
        }
        emit Deposit(commitment);
    }

    function withdraw(bytes32 secret, address payable recipient) external {
        bytes32 commitment = keccak256(abi.encode(secret));
        if (!waiting[commitment]) revert SecretUnknown();
        waiting[commitment] = false;
        if (address(token) == address(0)) {
            (bool paid,) = recipient.call{value: denomination}("");
            if (!paid) revert PaymentFailed();
        } else {
            token.transfer(recipient, denomination);
        }
        emit Withdrawal(recipient);
    }
}
