(* Written by `assay export --coq`. The theorem is at the end; docs/coq.md says how it is made and what is believed. *)
From Coq Require Import ZArith Reals QArith Qreals Qround List Bool Lia Lra.
From Bignums Require Import BigZ BigQ.
Import ListNotations.
Open Scope Q_scope.
Open Scope Z_scope.

(* ---- What the statements below are made of. ---------------------------------------------------------------------

   Integers are Z, numbers are R, truth values of finite conditions are bool. Vectors are lists, matrices lists of
   their rows, finite sets of integers ascending lists. Every function here is total; where the notation's function is
   partial, the statement says in addition that its arguments lie in the domain. *)

(* a, a + 1, ..., b; nothing if b < a *)
Fixpoint range_from (a : Z) (n : nat) : list Z :=
  match n with O => [] | S m => a :: range_from (a + 1) m end.
Definition range (a b : Z) : list Z := range_from a (Z.to_nat (b - a + 1)).

Lemma in_range_from n : forall a k, In k (range_from a n) <-> a <= k < a + Z.of_nat n.
Proof. induction n as [|n IH]; simpl; intros a k; [lia|]. rewrite IH. lia. Qed.
Lemma in_range a b k : In k (range a b) <-> a <= k <= b.
Proof. unfold range. rewrite in_range_from. lia. Qed.

Definition size {A} (l : list A) : Z := Z.of_nat (length l).
(* the entry at position i, counted from 0; d if there is none *)
Definition entry {A} (d : A) (l : list A) (i : Z) : A := nth (Z.to_nat i) l d.
Definition has_index {A} (l : list A) (i : Z) : bool := (0 <=? i) && (i <? size l).
Definition entries {A} (d : A) (l : list A) (I : list Z) : list A := map (entry d l) I.
(* the number of columns of a matrix, its rows all of this length, and its columns *)
Definition width {A} (M : list (list A)) : Z := match M with [] => 0 | r :: _ => size r end.
Definition column {A} (d : A) (M : list (list A)) (j : Z) : list A := map (fun r => entry d r j) M.
Definition transposed {A} (d : A) (M : list (list A)) : list (list A) :=
  map (column d M) (range 0 (width M - 1)).

Fixpoint zip {A B C} (f : A -> B -> C) (u : list A) (v : list B) : list C :=
  match u, v with x :: u, y :: v => f x y :: zip f u v | _, _ => [] end.

(* f(x_1) + (f(x_2) + ... + zero), for any addition *)
Definition total {A B} (add : B -> B -> B) (zero : B) (l : list A) (f : A -> B) : B :=
  fold_right (fun x s => add (f x) s) zero l.
Definition zsum {A} (l : list A) (f : A -> Z) : Z := total Z.add 0 l f.
Definition zprod {A} (l : list A) (f : A -> Z) : Z := total Z.mul 1 l f.
Definition count {A} (l : list A) (f : A -> bool) : Z := zsum l (fun x => if f x then 1 else 0).

(* The entry that no other one is better than (the first of them); "better a b" says that b is better than a. *)
Definition extremum {A} (better : A -> A -> bool) (d : A) (l : list A) : A :=
  match l with [] => d | x :: t => fold_left (fun m y => if better m y then y else m) t x end.
Definition attained {A} (l : list A) : bool := match l with [] => false | _ => true end.
(* The key of the best entry, and whether there is only one entry as good as it. *)
Definition best {K A} (better : A -> A -> bool) (d : K) (a : A) (l : list (K * A)) : K :=
  fst (extremum (fun x y => better (snd x) (snd y)) (d, a) l).
Definition is_unique {K A} (better : A -> A -> bool) (a : A) (l : list (K * A)) : bool :=
  attained l && (count l (fun x => negb (better (snd x) (extremum better a (map snd l)))) =? 1).
Definition numbered {A} (l : list A) : list (Z * A) := combine (range 0 (size l - 1)) l.

(* Finite sets of integers: insertion into an ascending list without repetition. *)
Fixpoint insert (x : Z) (l : list Z) : list Z :=
  match l with [] => [x] | y :: t => if x <? y then x :: l else if x =? y then l else y :: insert x t end.
Definition set_of (l : list Z) : list Z := fold_right insert [] l.
Lemma in_insert x l k : In k (insert x l) <-> k = x \/ In k l.
Proof.
  induction l as [|y t IH]; simpl; [intuition|].
  destruct (x <? y); [simpl; intuition|].
  destruct (Z.eqb_spec x y); [subst; simpl; intuition|simpl; rewrite IH; intuition].
Qed.
Lemma in_set_of l k : In k (set_of l) <-> In k l.
Proof. induction l as [|y t IH]; simpl; [intuition|]. unfold set_of in IH. rewrite in_insert, IH. intuition. Qed.
Definition element (x : Z) (l : list Z) : bool := existsb (Z.eqb x) l.
Definition is_prime (p : Z) : bool := (2 <=? p) && forallb (fun d => negb (p mod d =? 0)) (range 2 (p - 1)).
Definition primes (l : list Z) : list Z := filter is_prime l.
Fixpoint subsets {A} (l : list A) : list (list A) :=
  match l with [] => [[]] | x :: t => map (cons x) (subsets t) ++ subsets t end.
Definition subsets_of_size {A} (l : list A) (k : Z) : list (list A) := filter (fun s => size s =? k) (subsets l).

Definition factorial (n : Z) : Z := zprod (range 1 n) (fun k => k).
Definition binomial (n k : Z) : Z :=
  if (0 <=? k) && (k <=? n) then factorial n / (factorial k * factorial (n - k)) else 0.

Fixpoint equal {A} (eqb : A -> A -> bool) (u v : list A) : bool :=
  match u, v with [], [] => true | x :: u, y :: v => eqb x y && equal eqb u v | _, _ => false end.

(* Real numbers. *)
Definition Reqb (x y : R) : bool := if Req_EM_T x y then true else false.
Definition Rltb (x y : R) : bool := if Rlt_dec x y then true else false.
Definition Rleb (x y : R) : bool := negb (Rltb y x).
Definition rsum {A} (l : list A) (f : A -> R) : R := total Rplus 0%R l f.
Definition rprod {A} (l : list A) (f : A -> R) : R := total Rmult 1%R l f.
Definition rmean {A} (l : list A) (f : A -> R) : R := (rsum l f / IZR (size l))%R.
Definition relu (x : R) : R := if Rltb x 0 then 0%R else x.
Definition rfloor (x : R) : Z := Int_part x.
Definition rsign (x : R) : Z := if Rltb x 0 then -1 else if Rltb 0 x then 1 else 0.
Definition rdot (u v : list R) : R := rsum (zip Rmult u v) (fun x => x).
Definition rapply (M : list (list R)) (v : list R) : list R := map (fun r => rdot r v) M.
Definition rproduct (A B : list (list R)) : list (list R) :=
  map (fun r => map (fun c => rdot r c) (transposed 0%R B)) A.

(* (m, e) is m*2^e *)
Definition of_bits (b : Z * Z) : R := (IZR (fst b) * powerRZ 2 (snd b))%R.
Definition matrix_map {A B} (f : A -> B) (M : list (list A)) : list (list B) := map (map f) M.

(* The determinant, by the first column. *)
Fixpoint without {A} (n : nat) (l : list A) : list A :=
  match n, l with O, _ :: t => t | S m, x :: t => x :: without m t | _, [] => [] end.
Fixpoint determinant {A} (add mul : A -> A -> A) (opp : A -> A) (zero one : A) (n : nat) (M : list (list A)) : A :=
  match n with
  | O => one
  | S m => total add zero (seq 0 (S m)) (fun i =>
      let t := mul (entry zero (nth i M []) 0) (determinant add mul opp zero one m (map (@tl A) (without i M))) in
      if Nat.even i then t else opp t)
  end.
Definition rdet (M : list (list R)) : R := determinant Rplus Rmult Ropp 0%R 1%R (length M) M.

Lemma Reqb_true x y : Reqb x y = true -> x = y.
Proof. unfold Reqb. destruct (Req_EM_T x y); [auto|discriminate]. Qed.
Lemma Rltb_true x y : Rltb x y = true -> (x < y)%R.
Proof. unfold Rltb. destruct (Rlt_dec x y); [auto|discriminate]. Qed.
