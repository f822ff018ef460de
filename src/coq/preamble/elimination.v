(* ---- Matrices of rational numbers, exactly. Nothing of this has a part in what the theorem says. ------------------ *)

(* Gauss and Jordan's elimination, with the unit matrix beside A. What it finds is checked afterwards. *)
Definition scaled (c : bigQ) (u : list bigQ) : list bigQ := map (nmul c) u.
Definition cleared (j : Z) (pivot u : list bigQ) : list bigQ :=
  let c := entry (nz 0) u j in if neqb c (nz 0) then u else zip nsub u (scaled c pivot).
Fixpoint take_pivot (j : Z) (seen rows : list (list bigQ)) : option (list bigQ * list (list bigQ)) :=
  match rows with
  | [] => None
  | u :: t => if neqb (entry (nz 0) u j) (nz 0) then take_pivot j (u :: seen) t
              else Some (scaled (ndiv (nz 1) (entry (nz 0) u j)) u, seen ++ t)
  end.
Fixpoint eliminate (columns : list Z) (done : list (Z * list bigQ)) (rows : list (list bigQ)) : list (Z * list bigQ) :=
  match columns with
  | [] => done
  | j :: t =>
      match take_pivot j [] rows with
      | None => eliminate t done rows
      | Some (p, others) =>
          eliminate t (map (fun d => (fst d, cleared j p (snd d))) done ++ [(j, p)]) (map (cleared j p) others)
      end
  end.
Definition unit_row (n i : Z) : list bigQ := map (fun k => if k =? i then nz 1 else nz 0) (range 0 (n - 1)).
Definition beside_unit (A : list (list bigQ)) : list (list bigQ) :=
  map (fun p => snd p ++ unit_row (size A) (fst p)) (combine (range 0 (size A - 1)) A).
Definition pivots (A : list (list bigQ)) : list (Z * list bigQ) :=
  eliminate (range 0 (width A - 1)) [] (beside_unit A).

Lemma rn_self q : rn q (Q2R (BigQ.to_Q q)).
Proof. reflexivity. Qed.

Definition vector_of_copy (u : list bigQ) : list R := map (fun q => Q2R (BigQ.to_Q q)) u.
Definition matrix_of_copy (M : list (list bigQ)) : list (list R) := map vector_of_copy M.
Lemma vector_self u : Forall2 rn u (vector_of_copy u).
Proof. induction u; constructor; [reflexivity|assumption]. Qed.
Lemma matrix_self M : Forall2 (Forall2 rn) M (matrix_of_copy M).
Proof. induction M; constructor; [apply vector_self|assumption]. Qed.
